import { describe, expect, it } from "vitest";
import { release } from "../../src/music/index.ts";

const lineOf = (attributes: object, { from = {}, to = {} } = {}) =>
  release.relationLines["track"]?.({ attributes: { ...attributes }, from, to });

describe("the line of a track", () => {
  it("has the track's own number, length, title and credit before the song's", () => {
    const track = {
      medium: 1,
      trackPosition: 2,
      number: "A2",
      title: "Blue (edit)",
      length: 59_600,
      artistCredit: "Ann",
    };
    const to = { title: "Blue", length: 120_000, artistCredit: "Bob" };
    expect(lineOf(track, { from: { artistCredit: "Bob" }, to })).toMatchObject({
      number: "A2",
      measure: "1:00",
      title: "Blue (edit)",
      remarks: ["Ann"],
    });
    expect(lineOf({ medium: 1, trackPosition: 2 }, { from: { artistCredit: "Bob" }, to })).toMatchObject({
      number: "2",
      measure: "2:00",
      remarks: [],
    });
  });

  it("counts hours where there are any", () => {
    expect(lineOf({ medium: 1, trackPosition: 1, length: 3_723_000 })?.measure).toBe("1:02:03");
    expect(lineOf({ medium: 1, trackPosition: 1, length: 3_599_600 })?.measure).toBe("1:00:00");
    expect(lineOf({ medium: 1, trackPosition: 1 })?.measure).toBeUndefined();
  });

  it("stands under its medium, which has a number where there are several, and a title where it is given one", () => {
    const two = { media: [{ position: 1 }, { position: 2 }] };
    const headingOf = (attributes: object, from: object = {}) =>
      lineOf({ medium: 1, trackPosition: 1, ...attributes }, { from })?.heading;
    expect(headingOf({ format: "CD" })).toBe("CD");
    expect(headingOf({ format: "CD" }, two)).toBe("CD 1");
    expect(headingOf({ medium: 2 }, two)).toBe("Medium 2");
    expect(headingOf({ format: "CD", mediumTitle: "Live" }, two)).toBe("CD 1: Live");
    expect(headingOf({ mediumTitle: "Live" })).toBe("Live");
    expect(headingOf({})).toBeUndefined();
  });

  it("is that of any relation where what is said of it is of another form", () => {
    expect(lineOf({ medium: "first", title: "Blue" })).toEqual({});
  });
});

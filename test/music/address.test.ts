import { expect, test } from "vitest";
import { musicbrainzAddress } from "../../src/music/providers/musicbrainz/address.ts";
import { textWith } from "../sources/matchers.ts";

test.each([
  ["https://musicbrainz.org/ws/2", "https://musicbrainz.org/ws/2", true, false],
  ["https://musicbrainz.org/ws/2/", "https://musicbrainz.org/ws/2", true, false],
  ["https://musicbrainz.org", "https://musicbrainz.org/ws/2", true, false],
  ["beta.musicbrainz.org/", "https://beta.musicbrainz.org/ws/2", true, false],
  ["http://notmusicbrainz.org", "http://notmusicbrainz.org/ws/2", false, false],
  ["http://127.0.0.1:5000", "http://127.0.0.1:5000/ws/2", false, true],
  ["localhost:5000", "http://localhost:5000/ws/2", false, true],
  ["http://[::1]:5000/mirror/", "http://[::1]:5000/mirror/ws/2", false, true],
  ["mirror.example.org:5000", "https://mirror.example.org:5000/ws/2", false, false],
])("%s is the service at %s", (text, href, isReal, isLoopback) => {
  expect(musicbrainzAddress(text)).toEqual({ href, isReal, isLoopback });
});

test.each(["", "ftp://musicbrainz.org", "http://", "not an address"])(
  "%j is no address, and says how to set it",
  (text) => {
    expect(() => musicbrainzAddress(text)).toThrow(
      expect.objectContaining({
        code: "configuration-invalid",
        message: textWith("ACCESSION_MUSICBRAINZ_URL"),
      }),
    );
  },
);

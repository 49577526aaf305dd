import { createHash } from "node:crypto";

/** Pixels on each side of a cover. */
const side = 600;

/**
 * A cover that nobody has seen before: rings on a plain ground, in colours that the id gives. The same id always gives the
 * same picture.
 *
 * @returns a JPEG of 600 by 600 pixels.
 */
export const drawCover = async (id: string): Promise<Uint8Array> => {
  const digest = createHash("sha256").update(id).digest();
  const hue = ((digest[0] ?? 0) * 360) / 256;
  const rings = [4, 3, 2, 1].map((ring) => {
    const x = 100 + ((digest[ring] ?? 0) * 400) / 256;
    const y = 100 + ((digest[ring + 4] ?? 0) * 400) / 256;
    const colour = `hsl(${String((hue + 40 * ring) % 360)},70%,${String(30 + 12 * ring)}%)`;
    return `<circle cx="${String(x)}" cy="${String(y)}" r="${String(45 * ring)}" fill="${colour}"/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(side)}">
    <rect width="100%" height="100%" fill="hsl(${String(hue)},60%,45%)"/>${rings.join("")}</svg>`;
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(drawing)).jpeg({ quality: 80 }).toBuffer();
};

/** Whether the archive has a cover of an album: it lacks those of some. */
export const hasCover = (id: string): boolean => {
  const [first = 0] = createHash("sha256").update(`cover ${id}`).digest();
  return first % 4 !== 0;
};

/**
 * Draws the program's icon and writes it as `discover.ico`: a list of which
 * the middle part, between two marks, is new. Run by hand after a change:
 * `deno run -A packaging/make_icon.ts`; the file is kept in the repository.
 *
 * @module
 */

const SIZES = [16, 32, 48, 256];
/** Points per pixel and direction: what is drawn has smooth edges. */
const SAMPLES = 4;

type Color = readonly [red: number, green: number, blue: number];

/** A rectangle with round corners on a square of side 1. */
interface Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly radius: number;
  readonly color: Color;
}

const NIGHT: Color = [24, 34, 56];
const GREY: Color = [148, 163, 190];
const FRESH: Color = [74, 222, 158];

const SHAPES: readonly Shape[] = [
  shape(0.02, 0.02, 0.98, 0.98, 0.2, NIGHT),
  shape(0.2, 0.17, 0.8, 0.26, 0.045, GREY),
  shape(0.2, 0.37, 0.29, 0.63, 0.045, FRESH),
  shape(0.37, 0.37, 0.8, 0.46, 0.045, FRESH),
  shape(0.37, 0.54, 0.68, 0.63, 0.045, FRESH),
  shape(0.2, 0.74, 0.8, 0.83, 0.045, GREY),
];

function shape(
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
  color: Color,
): Shape {
  return { left, top, right, bottom, radius, color };
}

function covers(shape: Shape, x: number, y: number): boolean {
  const { left, top, right, bottom, radius } = shape;
  const dx = Math.max(left + radius - x, 0, x - (right - radius));
  const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
  return dx * dx + dy * dy <= radius * radius;
}

/** The pixels, row by row: red, green, blue, alpha. */
function draw(size: number): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(size * size * 4);
  for (let at = 0; at < size * size; at++) {
    const x = at % size;
    pixels.set(drawPixel(x, (at - x) / size, size), at * 4);
  }
  return pixels;
}

function drawPixel(x: number, y: number, size: number): number[] {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const px = (x + (sample % SAMPLES + 0.5) / SAMPLES) / size;
    const py = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
    const top = SHAPES.findLast((shape) => covers(shape, px, py));
    if (top === undefined) continue;
    covered++;
    top.color.forEach((value, at) => sum[at] = (sum[at] ?? 0) + value);
  }
  const color = sum.map((value) => Math.round(value / Math.max(1, covered)));
  return [...color, Math.round(255 * covered / SAMPLES ** 2)];
}

/** A bitmap as icons hold it: upside down, with an empty mask behind. */
function toBitmap(
  pixels: Uint8Array,
  size: number,
): Uint8Array<ArrayBuffer> {
  const headerBytes = 40;
  const maskBytes = Math.ceil(size / 32) * 4 * size;
  const bytes = new Uint8Array(headerBytes + pixels.length + maskBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headerBytes, true);
  view.setInt32(4, size, true);
  view.setInt32(8, 2 * size, true);
  view.setUint16(12, 1, true);
  view.setUint16(14, 32, true);
  for (let at = 0; at < pixels.length; at += 4) {
    const row = Math.floor(at / 4 / size);
    const to = headerBytes + ((size - 1 - row) * size + at / 4 % size) * 4;
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at);
    bytes.set([blue, green, red, alpha], to);
  }
  return bytes;
}

async function toPng(
  pixels: Uint8Array,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new Uint8Array(size * (size * 4 + 1));
  for (let row = 0; row < size; row++) {
    const line = pixels.subarray(row * size * 4, (row + 1) * size * 4);
    rows.set(line, row * (size * 4 + 1) + 1);
  }
  const packed = new Blob([rows]).stream()
    .pipeThrough(new CompressionStream("deflate"));
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, size);
  new DataView(header.buffer).setUint32(4, size);
  // Eight bits each of red, green, blue and alpha.
  header.set([8, 6], 8);
  return join([
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", new Uint8Array(await new Response(packed).arrayBuffer())),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = join([new TextEncoder().encode(type), data]);
  return join([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

function bigEndian(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The icon file: a directory, then one picture for each size. */
async function makeIcon(): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = await Promise.all(SIZES.map((size) => {
    const pixels = draw(size);
    // Windows expects the large one compressed, the others plain.
    return size === 256 ? toPng(pixels, size) : toBitmap(pixels, size);
  }));
  const directory = new Uint8Array(6 + 16 * SIZES.length);
  const view = new DataView(directory.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, SIZES.length, true);
  let start = directory.length;
  pictures.forEach((picture, at) => {
    const size = SIZES[at] ?? 0;
    // 256 does not fit into a byte and is written as 0.
    directory.set([size % 256, size % 256], 6 + 16 * at);
    view.setUint16(6 + 16 * at + 4, 1, true);
    view.setUint16(6 + 16 * at + 6, 32, true);
    view.setUint32(6 + 16 * at + 8, picture.length, true);
    view.setUint32(6 + 16 * at + 12, start, true);
    start += picture.length;
  });
  return join([directory, ...pictures]);
}

if (import.meta.main) {
  await Deno.writeFile(
    new URL("discover.ico", import.meta.url),
    await makeIcon(),
  );
}

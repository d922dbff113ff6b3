/** An IPv4 block as RFC 4632 writes it, and what CloudFormation takes: "Fn::Cidr" allows 1 to 256 blocks. */
const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
const MOST = 256;

/**
 * The first `count` IPv4 blocks within `block` that leave `bits` bits to their hosts ("Fn::Cidr" in the CloudFormation
 * guide: `8` gives blocks of mask /24). Undefined for other blocks, IPv6 among them, and for more than fit in.
 */
export function cidrBlocks(block: string, count: number, bits: number): string[] | undefined {
  const [, a, b, c, d, mask] = (BLOCK.exec(block) ?? []).map(Number);
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST;
  if (a === undefined || b === undefined || c === undefined || d === undefined || mask === undefined || !isCount)
    return;
  if (Math.max(a, b, c, d) > 255 || mask > 32 || !Number.isInteger(bits) || bits < 0 || bits > 32 - mask) return;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const [whole, size] = [2 ** (32 - mask), 2 ** bits];
  // Which blocks there are when the address is none of a network is not documented.
  if (first % whole !== 0 || count * size > whole) return;
  return Array.from({ length: count }, (_, index) => `${address(first + index * size)}/${32 - bits}`);
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

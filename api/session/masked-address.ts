/**
 * A mail address as a stranger may see it, e.g. `l•••@y•••.example`: whoever owns it knows it again, nobody else learns it,
 * or for which company somebody works.
 */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${firstOf(address.slice(0, at))}•••@${firstOf(domain)}•••${dot < 0 ? '' : domain.slice(dot)}`;
}

function firstOf(text: string): string {
  return [...text][0] ?? '';
}

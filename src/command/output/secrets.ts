/**
 * The text with the passwords in its addresses (`postgres://user:password@host`, `?password=…`) masked, also where they
 * hold unencoded special characters.
 */
export function maskSecrets(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s]*@/gi, "$1:***@")
    .replaceAll(/([?&](?:password|sslpassword|passfile|token|key|secret)=)[^\s&#]*/gi, "$1***");
}

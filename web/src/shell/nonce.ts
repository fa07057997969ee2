/**
 * The nonce of this answer's content security policy, which the server wrote into the page; undefined in development.
 * Style elements made while the page runs must carry it.
 */
export function styleNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined
}

/** Tells the part of the kit that locks scrolling behind a dialog (it asks for this global name). */
export function announceNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}

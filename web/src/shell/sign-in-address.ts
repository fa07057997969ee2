/** The sign-in page, which leads back to `returnTo` (path, search and all) afterwards. */
export function signInAddress(returnTo: string): string {
  return returnTo === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(returnTo)}`
}

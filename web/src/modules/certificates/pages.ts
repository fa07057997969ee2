/** The pages of certificates. They come in one script: many small ones would lengthen the list that every page begins with. */
export { BatchPage } from './BatchPage.tsx'
export { CertificatePage } from './CertificatePage.tsx'
export { CertificatesPage } from './CertificatesPage.tsx'
export { NewCertificatesPage } from './NewCertificatesPage.tsx'

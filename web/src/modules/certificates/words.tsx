import { Badge } from '@mantine/core'
import {
  type CertificateState,
  certificateStateNames,
  type PaperState,
  paperStateNames,
} from '@zhibu/server/modules/certificates/names-schema'

/** The way to the pages of certificates. */
export const above = [{ label: '培训', to: '/training' }]
export const aboveOne = [...above, { label: '证书', to: '/training/certificates' }]

/** Whether a certificate holds. */
export const StateBadge = ({ state }: { state: CertificateState }) => (
  <Badge color={state === 'valid' ? 'green' : 'red'}>{certificateStateNames[state]}</Badge>
)

/** How far its paper has come; nothing where it is there. */
export const PaperBadge = ({ paper }: { paper: PaperState }) =>
  paper === 'ready' ? null : <Badge color={paper === 'waiting' ? 'gray' : 'yellow'}>{paperStateNames[paper]}</Badge>

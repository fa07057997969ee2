/** What the staff puts on the desk and on the own page, in one script. */
export { StaffCheck } from './StaffCheck.tsx'
export { WaitingCorrections } from './WaitingCorrections.tsx'
export { WaitingSuccessions } from './WaitingSuccessions.tsx'

export type { Day, Month } from './kernel/day.ts'
export * from './procedures/development/facts.ts'
export * from './procedures/development/results.ts'

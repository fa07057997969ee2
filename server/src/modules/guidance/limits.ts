import { floodGuard } from '../../platform/flood.ts'

/** How often one person does something that tells another one of it. Refuses what is more. */
export const refuseFlood = floodGuard(
  {
    bookings: { burst: 60, perSeconds: 3_600, doing: '预约和改期' },
    times: { burst: 60, perSeconds: 3_600, doing: '提供时间' },
  },
  { inMinutes: true },
)

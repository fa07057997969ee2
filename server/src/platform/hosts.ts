import { isIPv4, isIPv6 } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { Refusal } from './refusal.ts'

/** Under which names and addresses the server answers, as they stand in a URL: lower case, IPv6 in brackets. */
export interface Hosts {
  names: readonly string[]
  /** Whether any network address will do: where the server listens on all of the machine's. */
  anyAddress: boolean
}

const loopback = ['127.0.0.1', 'localhost', '[::1]']
const everywhere = ['0.0.0.0', '::']

/** The host of `BASE_URL` and no other, loopback by any of its names; without it loopback and what the server listens on, by address. */
export function hostsOf(host: string, baseUrl: string | undefined): Hosts {
  if (baseUrl !== undefined) {
    const { hostname } = new URL(baseUrl)
    return { names: loopback.includes(hostname) ? loopback : [hostname], anyAddress: false }
  }
  if (everywhere.includes(host)) return { names: loopback, anyAddress: true }
  return { names: [...new Set([...loopback, inUrl(host).toLowerCase()])], anyAddress: false }
}

/** A host as it stands in a URL. */
export const inUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

/**
 * Refuses requests under a name that is not ours. A site elsewhere could let its name point to this machine (DNS rebinding);
 * its page would then be one of our own to the browser. A network address cannot be made to point elsewhere. A request
 * without a host comes from a program, which no site has misled.
 */
export function refuseUnknownHosts(hosts: Hosts): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header('host')
    if (given === undefined || isKnown(given, hosts)) return next()
    if (c.req.header('accept')?.includes('text/html')) return c.text(unknownHost, 421)
    throw new Refusal('misdirected', unknownHost)
  }
}

const unknownHost =
  '本服务器不以这个网址提供服务。如果这是本系统的正式网址，请系统管理员把环境变量 BASE_URL 设为浏览器地址栏中的网址（如 https://djgz.example.edu.cn），再重新启动；使用反向代理时，还须把原来的 Host 请求头传过来。'

function isKnown(given: string, { names, anyAddress }: Hosts): boolean {
  const url = `http://${given}`
  if (/[\s/\\@?#]/.test(given) || !URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return names.includes(hostname) || (anyAddress && (isIPv4(hostname) || hostname.startsWith('[')))
}

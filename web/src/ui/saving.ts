/** Saves the file of an answer under the name that the server gives it. */
export async function saveAnswer(response: Response): Promise<void> {
  save(await response.blob(), nameIn(response.headers.get('content-disposition')))
}

const nameIn = (disposition: string | null): string =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1] ?? '')

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

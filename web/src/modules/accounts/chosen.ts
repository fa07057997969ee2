/** A person who was chosen. */
export interface Chosen {
  id: string
  name: string
}

// Validate with rdf-validate-shacl, which leaves reading files to others.
import { readFileSync } from 'node:fs'
import rdf from '@zazuko/env-node'
import { Parser, Store } from 'n3'
import Validator from 'rdf-validate-shacl'

const [data, shapes] = process.argv.slice(2).map(
  (path) => new Store(new Parser().parse(readFileSync(path, 'utf8')))
)
const report = await new Validator(shapes, { factory: rdf }).validate(data)
process.stdout.write(await report.dataset.serialize({ format: 'application/n-triples' }))

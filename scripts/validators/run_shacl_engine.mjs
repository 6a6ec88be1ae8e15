// Validate with shacl-engine, which leaves reading files to others.
import { readFileSync } from 'node:fs'
import { DataFactory, Parser, Store, Writer } from 'n3'
import { Validator } from 'shacl-engine'

const [data, shapes] = process.argv.slice(2).map(
  (path) => new Store(new Parser().parse(readFileSync(path, 'utf8')))
)
// It looks for the classes above a class in the shapes graph only.
const above = DataFactory.namedNode('http://www.w3.org/2000/01/rdf-schema#subClassOf')
shapes.addQuads(data.getQuads(null, above, null, null))

// Its SPARQL engine takes a while to load; it is spared where there is no work for it.
const sparql = DataFactory.namedNode('http://www.w3.org/ns/shacl#sparql')
const wanted = shapes.countQuads(null, sparql, null, null) > 0
const plugin = wanted ? await import('shacl-engine/sparql.js') : {}

const factory = { ...DataFactory, dataset: (quads) => new Store(quads) }
const validator = new Validator(shapes, {
  factory,
  targetResolvers: plugin.targetResolvers,
  validations: plugin.validations
})
const report = await validator.validate({ dataset: data })
process.stdout.write(new Writer({ format: 'N-Triples' }).quadsToString([...report.dataset]))

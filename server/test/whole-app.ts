/**
 * Test files run one after another in one process, and modules follow each other as soon as they are loaded. With all of
 * them loaded before each file, it does not matter which files have run before.
 */
import '../src/app.ts'
import '../src/jobs.ts'

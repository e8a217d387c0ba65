/**
 * Reads configurations: YAML into records, with every mistake told at once by file, line and key.
 */
package io.gristmill.curation.yaml;

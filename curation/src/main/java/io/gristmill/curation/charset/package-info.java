/**
 * The charset of a page by evidence: byte-order mark, HTTP header, meta declaration and a detector,
 * each believed only as far as the bytes agree with it.
 */
package io.gristmill.curation.charset;

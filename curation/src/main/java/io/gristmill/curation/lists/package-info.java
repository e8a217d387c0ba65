/**
 * Lists that a user brings: hosts and pages that are blocked, words in addresses, words in texts. A
 * list becomes sorted hashes, 8 bytes an entry; it is read once, on the driver, and broadcast. None
 * is shipped.
 */
package io.gristmill.curation.lists;

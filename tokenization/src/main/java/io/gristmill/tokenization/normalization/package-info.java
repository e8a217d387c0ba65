/**
 * What text goes through before it is cut into pieces: the normal forms of Unicode, over UTF-8
 * bytes, and where bytes are UTF-8 at all.
 */
package io.gristmill.tokenization.normalization;

/**
 * The documents between the stages: their columns, files whose bytes depend on nothing but the
 * rows, and what is known of documents, stored by their place and looked up beside them.
 */
package io.gristmill.curation.document;

/**
 * The documents between the stages: their columns, and files whose bytes depend on nothing but the
 * rows.
 */
package io.gristmill.curation.document;

/**
 * The account of a curation, counted from what was written: every record is kept, rejected or
 * failed with a reason, and every byte is parsed or skipped.
 */
package io.gristmill.curation.ledger;

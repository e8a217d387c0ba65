/**
 * Personal data in text replaced by stable tokens, in one pass that is linear in the length of the
 * text.
 */
package io.gristmill.curation.privacy;

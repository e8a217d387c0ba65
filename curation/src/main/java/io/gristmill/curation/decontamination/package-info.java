/**
 * Documents that hold items of evaluation sets: the sets are read into one compact index of
 * n-grams, every document is looked up in one pass, and what covers enough of an item, with its
 * answer nearby, is reported with both texts.
 */
package io.gristmill.curation.decontamination;

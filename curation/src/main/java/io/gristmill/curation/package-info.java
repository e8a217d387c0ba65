/** Documents from raw bytes to clean text: read, extract, identify, measure, judge, deduplicate. */
package io.gristmill.curation;

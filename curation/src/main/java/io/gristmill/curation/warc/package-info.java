/**
 * Records of WARC, WET and ARC files and the HTTP messages in them, read leniently: the header
 * grammar is jwarc's, framing, bodies and recovery after damage are ours.
 */
package io.gristmill.curation.warc;

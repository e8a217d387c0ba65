/**
 * Which language a document is written in. Scripts decide Japanese, Korean and Chinese, variant
 * characters decide simplified, traditional and Cantonese writing, and OpenNLP's model decides
 * among the languages of an alphabet.
 */
package io.gristmill.curation.language;

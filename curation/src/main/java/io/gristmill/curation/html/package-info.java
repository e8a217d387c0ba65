/**
 * Text of HTML pages: the main content of articles, the prose of reference documentation, or all
 * visible text, with paragraph boundaries kept and the work bounded for hostile pages.
 */
package io.gristmill.curation.html;

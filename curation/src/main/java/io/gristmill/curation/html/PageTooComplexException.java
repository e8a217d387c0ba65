package io.gristmill.curation.html;

/** A page that would take too much time or memory to read. */
public final class PageTooComplexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PageTooComplexException(String message) {
    super(message);
  }
}

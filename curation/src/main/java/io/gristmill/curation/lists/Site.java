package io.gristmill.curation.lists;

/** Whose a page is. */
public final class Site {
  private Site() {}

  /**
   * The registered domain of a URL's host: example.co.uk of a.example.co.uk, by the Public Suffix
   * List with its private part, so that every user.github.io is one; the host itself where it has
   * none, as a number has. Empty where the URL names no host.
   */
  public static String of(String url) {
    Address address = Address.of(url);
    return address.host().substring(address.registered());
  }
}

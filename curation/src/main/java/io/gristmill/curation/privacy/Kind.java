package io.gristmill.curation.privacy;

/** What is replaced, under which name it is counted, and by which token. */
enum Kind {
  EMAIL("email", "[EMAIL]"),
  IPV4("ipv4", "[IP]"),
  IPV6("ipv6", "[IP]"),
  PHONE("phone", "[PHONE]"),
  IDENTITY_NUMBER("identity_number", "[ID]");

  private final String key;
  private final String token;

  Kind(String key, String token) {
    this.key = key;
    this.token = token;
  }

  String key() {
    return key;
  }

  String token() {
    return token;
  }
}

package io.gristmill.curation.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is replaced, under which name it is configured and counted, and by which token. */
enum Kind {
  EMAIL("email", "[EMAIL]"),
  IPV4("ipv4", "[IP]"),
  IPV6("ipv6", "[IP]"),
  PHONE("phone", "[PHONE]"),
  IDENTITY_NUMBER("identity_number", "[ID]"),
  BANK_CARD("bank_card", "[CARD]"),
  LICENCE_PLATE("licence_plate", "[PLATE]"),
  QQ("qq", "[QQ]"),
  WECHAT("wechat", "[WECHAT]");

  private final String key;
  private final String token;

  Kind(String key, String token) {
    this.key = key;
    this.token = token;
  }

  static Optional<Kind> named(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Kind::key).toList();
  }

  String key() {
    return key;
  }

  String token() {
    return token;
  }
}

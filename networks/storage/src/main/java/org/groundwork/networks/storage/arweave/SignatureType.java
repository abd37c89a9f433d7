package org.groundwork.networks.storage.arweave;

import java.util.Arrays;
import org.groundwork.protocol.Malformed;

/** How an item is signed, with the sizes in bytes that follow from it (ANS-104, section 2.4). */
public enum SignatureType {
  ARWEAVE(1, 512, 512),
  ED25519(2, 64, 32),
  ETHEREUM(3, 65, 65),
  SOLANA(4, 64, 32),
  APTOS(5, 64, 32),
  /** Up to 32 keys and signatures, a bit map, a threshold. Read, but not verified here. */
  MULTI_APTOS(6, 2052, 1025),
  TYPED_ETHEREUM(7, 65, 42),
  KYVE(101, 65, 65);

  private final int code;
  private final int signatureBytes;
  private final int ownerBytes;

  SignatureType(int code, int signatureBytes, int ownerBytes) {
    this.code = code;
    this.signatureBytes = signatureBytes;
    this.ownerBytes = ownerBytes;
  }

  static SignatureType of(int code) throws Malformed {
    return Arrays.stream(values())
        .filter(type -> type.code == code)
        .findFirst()
        .orElseThrow(() -> new Malformed("unknown signature type " + code));
  }

  public int code() {
    return code;
  }

  int signatureBytes() {
    return signatureBytes;
  }

  int ownerBytes() {
    return ownerBytes;
  }
}

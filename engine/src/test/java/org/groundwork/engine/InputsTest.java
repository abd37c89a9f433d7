package org.groundwork.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;

class InputsTest {
  private static final PostedIndex FIRST =
      new PostedIndex(
          AccountId.fromHex("0xb592eb93c5bd4ffeadfd22cac3b80a44de7b54e2"),
          Hash.fromHex("0x428b1137096d7186f2c84c23380451f877d0659df78dbfc516a6fbb3808a6504"));
  private static final PostedIndex SECOND =
      new PostedIndex(
          AccountId.fromHex("0xc344fd2ed709f55d03c9c4dbcd240c0d4a59212d"),
          Hash.fromHex("0x026aa6b560ac4ea3dac019a6c6374ebd64033e9a11c1c0231584806f76ddf7dd"));

  /** Made with ethers: keccak256(abi.encode(["bytes32", "address", "bytes32"], ...)), twice. */
  @Test
  void areHashedAsTheContractDoes() {
    assertThat(Inputs.of(List.of())).isEqualTo(Hash.ZERO);
    assertThat(Inputs.of(List.of(FIRST)))
        .isEqualTo(
            Hash.fromHex("0xe6ac64e7553b40ae33715abe238b4ea5dffe5ec236d522ccb423e6ac005e17d1"));
    assertThat(Inputs.of(List.of(FIRST, SECOND)))
        .isEqualTo(
            Hash.fromHex("0x1b0bfd7fd7551a75926000efcf78741bf6f5034ea575a006cd655e2c89f4a927"));
  }

  @Test
  void dependOnTheOrderOnChain() {
    assertThat(Inputs.of(List.of(SECOND, FIRST))).isNotEqualTo(Inputs.of(List.of(FIRST, SECOND)));
  }
}

package org.groundwork.settlement.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/** The RLP of a block's header, from what {@code eth_getBlockByNumber} says of it. */
final class RawHeader {
  /** In the order of the encoding; numbers are written without leading zeros, the rest as it is. */
  private static final List<String> BYTES_BEFORE =
      List.of(
          "parentHash",
          "sha3Uncles",
          "miner",
          "stateRoot",
          "transactionsRoot",
          "receiptsRoot",
          "logsBloom");

  private static final List<String> NUMBERS =
      List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp");
  private static final List<String> BYTES_AFTER = List.of("extraData", "mixHash", "nonce");

  /** Fields of later forks, in their order; a header ends with the last that its fork knows. */
  private static final List<String> LATER =
      List.of(
          "baseFeePerGas",
          "withdrawalsRoot",
          "blobGasUsed",
          "excessBlobGas",
          "parentBeaconBlockRoot",
          "requestsHash");

  private RawHeader() {}

  /**
   * The bytes whose hash is the block's.
   *
   * @throws SettlementException if the chain's headers have fields that are not known here
   */
  static Bytes of(JsonNode block) throws SettlementException {
    List<RlpType> fields = new ArrayList<>();
    for (String name : BYTES_BEFORE) {
      fields.add(bytes(block, name));
    }
    for (String name : NUMBERS) {
      fields.add(number(block, name));
    }
    for (String name : BYTES_AFTER) {
      fields.add(bytes(block, name));
    }
    for (String name : LATER) {
      if (block.hasNonNull(name)) {
        boolean isHash = name.endsWith("Root") || name.endsWith("Hash");
        fields.add(isHash ? bytes(block, name) : number(block, name));
      }
    }
    Bytes encoded = Bytes.wrap(RlpEncoder.encode(new RlpList(fields)));
    if (!Keccak256.hash(encoded.unsafeArray()).equals(Answers.hash(block.path("hash")))) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER,
          "The headers of this chain have fields that are unknown here; block "
              + block.path("number").asText()
              + " does not hash to what the node says.");
    }
    return encoded;
  }

  private static RlpType bytes(JsonNode block, String name) throws SettlementException {
    return RlpString.create(Answers.bytes(block.path(name)).unsafeArray());
  }

  private static RlpType number(JsonNode block, String name) throws SettlementException {
    return RlpString.create(Answers.quantity(block.path(name)));
  }
}

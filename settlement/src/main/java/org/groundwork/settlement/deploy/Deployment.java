package org.groundwork.settlement.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.JsonRpc;

/**
 * One deployment on one chain: what everybody needs to take part in it.
 *
 * @param deployBlock no event of the deployment is older than this block
 * @param codeHashes Keccak-256 of each contract's code, by contract name
 * @param priceHistory how many valid checkpoints count for the low and the high price
 * @param finalized whether the chain has a {@code finalized} block; otherwise the latest is final
 */
public record Deployment(
    long chainId,
    Contracts contracts,
    EpochSchedule schedule,
    Economy economy,
    int priceHistory,
    long deployBlock,
    boolean finalized,
    Map<String, AccountId> addresses,
    Map<String, Hash> codeHashes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Deployment {
    addresses = Map.copyOf(addresses);
    codeHashes = Map.copyOf(codeHashes);
  }

  /** The share of the basis that is not paid to sellers. */
  public BasisPoints margin() {
    return economy.margin();
  }

  public SigningDomain domain() {
    return SigningDomain.of(BigInteger.valueOf(chainId), contracts.deviceRegistry());
  }

  /**
   * Checks that a chain holds this deployment.
   *
   * @throws SettlementException if the chain's id or the code of a contract differs
   */
  public void verify(JsonRpc rpc) throws SettlementException {
    long actual = rpc.chainId();
    if (actual != chainId) {
      throw new SettlementException(
          Failure.DEPLOYMENT_MISMATCH,
          "The deployment file is for chain " + chainId + ", but this is chain " + actual + ".");
    }
    for (Map.Entry<String, Hash> entry : new TreeMap<>(codeHashes).entrySet()) {
      AccountId address = addresses.get(entry.getKey());
      if (address == null
          || !Keccak256.hash(rpc.code(address).unsafeArray()).equals(entry.getValue())) {
        throw new SettlementException(
            Failure.DEPLOYMENT_MISMATCH,
            "The chain has other code for "
                + entry.getKey()
                + " than the deployment file says. Is this the right chain?");
      }
    }
  }

  public static Deployment load(Path file) throws SettlementException {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      if (e instanceof SettlementException settlement) {
        throw settlement;
      }
      throw new SettlementException(
          Failure.DEPLOYMENT_UNREADABLE, "The deployment file " + file + " cannot be read.", e);
    }
  }

  public static Deployment parse(byte[] content) throws SettlementException {
    try {
      JsonNode json = JSON.readTree(content);
      Map<String, AccountId> addresses = new TreeMap<>();
      Map<String, Hash> hashes = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : json.required("contracts").properties()) {
        addresses.put(
            entry.getKey(), AccountId.fromHex(entry.getValue().required("address").asText()));
        hashes.put(entry.getKey(), Hash.fromHex(entry.getValue().required("code_hash").asText()));
      }
      return new Deployment(
          json.required("chain_id").asLong(),
          Contracts.of(addresses),
          new EpochSchedule(
              json.required("genesis").asLong(),
              json.required("slot_seconds").asLong(),
              json.required("slots_per_epoch").asLong(),
              json.required("commit_slots").asLong()),
          economy(json.required("economy")),
          json.required("price_history").asInt(),
          json.required("deploy_block").asLong(),
          json.required("finalized_tag").asBoolean(),
          addresses,
          hashes);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettlementException(
          Failure.DEPLOYMENT_UNREADABLE, "This is not a deployment file: " + e.getMessage(), e);
    }
  }

  /** The file's content, the same for the same deployment. */
  public byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("deployment", domain().deployment().toString());
    json.put("chain_id", chainId);
    json.put("genesis", schedule.genesis());
    json.put("slot_seconds", schedule.slotSeconds());
    json.put("slots_per_epoch", schedule.slotsPerEpoch());
    json.put("commit_slots", schedule.commitSlots());
    putEconomy(json.putObject("economy"));
    json.put("price_history", priceHistory);
    json.put("deploy_block", deployBlock);
    json.put("finalized_tag", finalized);
    ObjectNode list = json.putObject("contracts");
    for (Map.Entry<String, AccountId> entry : new TreeMap<>(addresses).entrySet()) {
      list.putObject(entry.getKey())
          .put("address", entry.getValue().toHex())
          .put("code_hash", codeHashes.getOrDefault(entry.getKey(), Hash.ZERO).toHex());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Economy economy(JsonNode json) {
    JsonNode emission = json.required("emission");
    return new Economy(
        share(json, "burn_bps"),
        share(json, "operations_bps"),
        json.required("dispute_slots").asLong(),
        json.required("skip_epochs").asLong(),
        json.required("vesting_epochs").asLong(),
        new EmissionSchedule(
            amount(emission, "initial_rate"),
            emission.required("period_epochs").asLong(),
            share(emission, "decline_bps"),
            amount(emission, "hard_cap"),
            share(emission, "bootstrap_bps"),
            share(emission, "operators_bps"),
            share(emission, "treasury_bps"),
            AccountId.fromHex(emission.required("treasury").asText())));
  }

  private static BasisPoints share(JsonNode json, String name) {
    return new BasisPoints(json.required(name).asInt());
  }

  private static TokenAmount amount(JsonNode json, String name) {
    return new TokenAmount(new BigInteger(json.required(name).asText()));
  }

  private void putEconomy(ObjectNode json) {
    json.put("burn_bps", economy.burn().value());
    json.put("operations_bps", economy.operations().value());
    json.put("dispute_slots", economy.disputeSlots());
    json.put("skip_epochs", economy.skipEpochs());
    json.put("vesting_epochs", economy.vestingEpochs());
    EmissionSchedule emission = economy.emission();
    json.putObject("emission")
        .put("initial_rate", emission.initialRate().toString())
        .put("period_epochs", emission.periodEpochs())
        .put("decline_bps", emission.decline().value())
        .put("hard_cap", emission.hardCap().toString())
        .put("bootstrap_bps", emission.bootstrap().value())
        .put("operators_bps", emission.operators().value())
        .put("treasury_bps", emission.treasury().value())
        .put("treasury", emission.treasuryAccount().toHex());
  }

  static Hash codeHash(Bytes code) {
    return Keccak256.hash(code.unsafeArray());
  }
}

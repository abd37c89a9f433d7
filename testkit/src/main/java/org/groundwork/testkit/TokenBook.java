package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;

/** Balances and allowances: ERC-20. */
final class TokenBook {
  private static final BigInteger UNLIMITED =
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private record Allowance(AccountId owner, AccountId spender) {}

  private final Ledger ledger;
  private final Map<AccountId, BigInteger> balances;
  private final Map<Allowance, BigInteger> allowances;
  private BigInteger supply;

  TokenBook(Ledger ledger) {
    this.ledger = ledger;
    balances = new TreeMap<>();
    allowances = new java.util.HashMap<>();
    supply = ledger.parameters.genesisSupply();
    balances.put(ledger.parameters.genesisHolder(), supply);
  }

  TokenBook(Ledger ledger, TokenBook from) {
    this.ledger = ledger;
    balances = new TreeMap<>(from.balances);
    allowances = new java.util.HashMap<>(from.allowances);
    supply = from.supply;
  }

  void apply(Command.Token command) {
    switch (command) {
      case Command.Token.Transfer c -> {
        requireReceiver(c.to());
        move(ledger.sender, c.to(), c.value());
      }
      case Command.Token.Approve c -> {
        Refusal.unless(!c.spender().equals(AccountId.ZERO), "ERC20InvalidSpender");
        allowances.put(new Allowance(ledger.sender, c.spender()), c.value());
      }
      case Command.Token.Burn c -> burn(ledger.sender, c.amount());
      // Claims alone mints, and it sends no commands.
      case Command.Token.Mint _ -> throw new Refusal("NotMinter");
    }
  }

  BigInteger balance(AccountId owner) {
    return balances.getOrDefault(owner, BigInteger.ZERO);
  }

  BigInteger supply() {
    return supply;
  }

  BigInteger allowance(AccountId owner, AccountId spender) {
    return allowances.getOrDefault(new Allowance(owner, spender), BigInteger.ZERO);
  }

  /** Tokens move from the sender to a contract that calls transferFrom. */
  void pull(AccountId contract, BigInteger amount) {
    spend(contract, amount);
    move(ledger.sender, contract, amount);
  }

  /** Tokens of the sender are burned by a contract that calls burnFrom. */
  void burnFromSender(AccountId contract, BigInteger amount) {
    spend(contract, amount);
    burn(ledger.sender, amount);
  }

  void move(AccountId from, AccountId to, BigInteger amount) {
    take(from, amount);
    balances.merge(to, amount, BigInteger::add);
  }

  void burn(AccountId owner, BigInteger amount) {
    take(owner, amount);
    supply = supply.subtract(amount);
  }

  void mint(AccountId to, BigInteger amount) {
    supply = supply.add(amount);
    balances.merge(to, amount, BigInteger::add);
  }

  private static void requireReceiver(AccountId to) {
    Refusal.unless(!to.equals(AccountId.ZERO), "ERC20InvalidReceiver");
  }

  private void spend(AccountId spender, BigInteger amount) {
    BigInteger allowed = allowance(ledger.sender, spender);
    if (allowed.equals(UNLIMITED)) {
      return;
    }
    Refusal.unless(amount.compareTo(allowed) <= 0, "ERC20InsufficientAllowance");
    allowances.put(new Allowance(ledger.sender, spender), allowed.subtract(amount));
  }

  private void take(AccountId from, BigInteger amount) {
    BigInteger balance = balance(from);
    Refusal.unless(amount.compareTo(balance) <= 0, "ERC20InsufficientBalance");
    balances.put(from, balance.subtract(amount));
  }

  void addViews(List<View> views) {
    views.add(View.of("GroundworkToken", "totalSupply", List.of(), supply));
    balances.forEach((owner, balance) ->
        views.add(View.of("GroundworkToken", "balanceOf", List.of(owner), balance)));
    allowances.forEach((key, left) ->
        views.add(
            View.of("GroundworkToken", "allowance", List.of(key.owner(), key.spender()), left)));
  }
}

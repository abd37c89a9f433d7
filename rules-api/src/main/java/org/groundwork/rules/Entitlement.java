package org.groundwork.rules;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Voucher;

/**
 * Evidence of demand that rules found genuine; the common step turns it into charge and payment.
 */
public sealed interface Entitlement {
  /**
   * A voucher whose signature the rules have checked.
   *
   * @param signer the payer, or a session key of the payer's
   */
  record Paid(Voucher voucher, AccountId signer) implements Entitlement {
    /** A voucher that the payer signed. */
    public Paid(Voucher voucher) {
      this(voucher, voucher.payer());
    }
  }

  /**
   * Slots of a deal that were proven.
   *
   * @param slots how many, newly in this epoch
   */
  record Proven(Deal deal, long slots) implements Entitlement {
    public Proven {
      if (slots < 1) {
        throw new IllegalArgumentException("nothing was proven");
      }
    }
  }

  /**
   * A device's part in what a cell delivered for a scope deal whose signature, cells and epochs the
   * rules have checked. The common step charges each cell once, whatever group speaks of it.
   *
   * @param cell one of the deal's
   * @param weight by which the devices of the cell share what it charges, such as a score; 0 shares
   *     nothing, and a cell in which nobody has more charges nothing
   */
  record Scope(ScopeTerms deal, long cell, long weight) implements Entitlement {
    public Scope {
      if (weight < 0) {
        throw new IllegalArgumentException("weight " + weight);
      }
    }
  }
}

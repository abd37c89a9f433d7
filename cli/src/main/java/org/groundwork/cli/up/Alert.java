package org.groundwork.cli.up;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.groundwork.cli.Amounts;

/**
 * Something that costs money as long as nobody acts.
 *
 * @param code of a closed set, for programs
 * @param subject the part, provider or account; empty if there is only one
 * @param sentence what is wrong
 * @param remedy what to do
 */
record Alert(String code, String subject, String sentence, String remedy)
    implements Comparable<Alert> {
  static final String MISSED_PROOFS = "missed-proofs";
  static final String LOW_CREDITS = "low-credits";
  static final String PRICE_DORMANT = "price-dormant";
  static final String BEHIND = "verifier-behind";
  static final String PART_DOWN = "part-down";
  static final String PART_RESTARTS = "part-restarts";
  static final String CHAIN_SILENT = "chain-silent";
  static final String DISK = "disk-full";

  private static final long MIB = 1 << 20;

  /** What is wrong, in order. */
  static List<Alert> of(Vitals vitals, UpSetup.Alerts limits) {
    List<Alert> alerts = new ArrayList<>();
    vitals.parts().forEach(part -> part(part, limits, alerts));
    vitals.providers().forEach(provider -> provider(provider, limits, alerts));
    vitals.chain().ifPresentOrElse(chain -> chain(chain, limits, alerts), () -> silent(alerts));
    vitals
        .credits()
        .filter(credits -> credits.left().compareTo(limits.least()) < 0)
        .ifPresent(credits ->
            alerts.add(
                new Alert(
                    LOW_CREDITS,
                    "customer",
                    "The customer has $" + Amounts.show(credits.left()) + " left.",
                    "Buy credits (groundwork credits buy) and reserve them (credits reserve).")));
    long free = vitals.disk().freeBytes() / MIB;
    if (free < limits.freeDisk()) {
      alerts.add(
          new Alert(
              DISK,
              "",
              "The disk has " + free + " MiB free.",
              "Make room, or lower limits.keep_epochs and network.provider_bytes."));
    }
    return alerts.stream().sorted().toList();
  }

  private static void part(Vitals.PartHealth part, UpSetup.Alerts limits, List<Alert> alerts) {
    if (!part.running()) {
      alerts.add(
          new Alert(
              PART_DOWN,
              part.name(),
              part.name() + " does not run; it " + part.lastExit() + ".",
              "It is started again; groundwork logs " + part.name() + " says why it ended."));
    }
    if (part.restarts() >= limits.restarts()) {
      alerts.add(
          new Alert(
              PART_RESTARTS,
              part.name(),
              part.name() + " was started again " + part.restarts() + " times.",
              "groundwork logs "
                  + part.name()
                  + " says why; groundwork doctor looks the machine over."));
    }
  }

  private static void provider(
      Vitals.ProviderHealth provider, UpSetup.Alerts limits, List<Alert> alerts) {
    long bad = Math.max(provider.missed() + provider.flawed(), provider.faulty());
    if (bad >= limits.missedProofs()) {
      alerts.add(
          new Alert(
              MISSED_PROOFS,
              provider.name(),
              String.format(
                  Locale.ROOT,
                  "%s missed %d of its last 60 slots and answered %d wrongly; the newest result"
                      + " found %d wrong.",
                  provider.name(),
                  provider.missed(),
                  provider.flawed(),
                  provider.faulty()),
              "groundwork provider status FOLDER names the slots and the reason."));
    }
  }

  private static void chain(Vitals.ChainHealth chain, UpSetup.Alerts limits, List<Alert> alerts) {
    if (!chain.priceDoubt().isEmpty()) {
      alerts.add(
          new Alert(
              PRICE_DORMANT,
              "",
              "No credits are sold: the price is " + chain.priceDoubt() + ".",
              "groundwork price show says since when; somebody has to record the price."));
    }
    if (chain.behind() >= limits.behindEpochs()) {
      alerts.add(
          new Alert(
              BEHIND,
              "",
              chain.behind() + " closed epochs have no result.",
              "groundwork status names the verifiers that are in trouble; groundwork logs node says"
                  + " why."));
    }
  }

  private static void silent(List<Alert> alerts) {
    alerts.add(
        new Alert(
            CHAIN_SILENT,
            "",
            "The chain does not answer.",
            "groundwork doctor looks for what it lacks; groundwork logs up says what happened."));
  }

  @Override
  public int compareTo(Alert other) {
    int byCode = code.compareTo(other.code);
    return byCode != 0 ? byCode : subject.compareTo(other.subject);
  }

  /** Equal for the same trouble, whatever its numbers are by now. */
  String key() {
    return code + " " + subject;
  }
}

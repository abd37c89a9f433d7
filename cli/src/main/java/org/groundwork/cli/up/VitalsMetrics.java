package org.groundwork.cli.up;

import static org.groundwork.cli.up.Exposition.label;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.groundwork.protocol.Credits;

/** A machine's vitals as metrics. Amounts are in whole dollars, for people's eyes. */
final class VitalsMetrics {
  private VitalsMetrics() {}

  static Exposition of(Vitals vitals, List<Alarms.Raised> alarms, Instant since) {
    Exposition out = new Exposition();
    out.gauge(
        "groundwork_start_time_seconds",
        "Start of this program, unix time.",
        "",
        since.getEpochSecond());
    for (Vitals.PartHealth part : vitals.parts()) {
      String label = label("part", part.name());
      out.gauge("groundwork_part_running", "Whether a part runs.", label, part.running() ? 1 : 0);
      out.gauge(
          "groundwork_part_troubles",
          "What keeps a part from working.",
          label,
          part.troubles().size());
      out.gauge(
          "groundwork_part_restarts_total", "Restarts since the start.", label, part.restarts());
      out.gauge(
          "groundwork_part_resident_bytes",
          "Memory of a part's process.",
          label,
          part.residentBytes());
    }
    vitals.chain().ifPresent(chain -> chain(out, chain));
    vitals
        .credits()
        .ifPresent(credits -> {
          out.gauge(
              "groundwork_credits_free_dollars",
              "Credits that are not reserved.",
              "",
              dollars(credits.free()));
          out.gauge(
              "groundwork_credits_left_dollars",
              "Credits free, or reserved and not charged.",
              "",
              dollars(credits.left()));
          out.gauge(
              "groundwork_credits_charged_dollars",
              "Charged to reservations that are there.",
              "",
              dollars(credits.charged()));
        });
    for (Vitals.ProviderHealth provider : vitals.providers()) {
      String label = label("part", provider.name());
      out.gauge(
          "groundwork_proofs_missed",
          "Of a provider's last 60 slots, those without an answer.",
          label,
          provider.missed());
      out.gauge(
          "groundwork_proofs_flawed",
          "Of a provider's last 60 slots, those with a wrong answer.",
          label,
          provider.flawed());
      out.gauge(
          "groundwork_proofs_unpaid",
          "Slots that the newest result found wrong.",
          label,
          provider.faulty());
    }
    out.gauge(
        "groundwork_disk_free_bytes", "Free on the folder's disk.", "", vitals.disk().freeBytes());
    out.gauge(
        "groundwork_disk_size_bytes", "Size of the folder's disk.", "", vitals.disk().totalBytes());
    out.gauge("groundwork_alerts", "Alerts that hold.", "", alarms.size());
    for (Alarms.Raised raised : alarms) {
      out.gauge(
          "groundwork_alert",
          "An alert that holds.",
          label("code", raised.alert().code()) + "," + label("subject", raised.alert().subject()),
          1);
    }
    return out;
  }

  private static void chain(Exposition out, Vitals.ChainHealth chain) {
    out.gauge("groundwork_chain_block", "Newest block.", "", chain.block());
    out.gauge("groundwork_epoch_now", "Epoch of the clock.", "", chain.now());
    out.gauge(
        "groundwork_epoch_settled", "Epoch of the newest result; -1 if none.", "", chain.settled());
    out.gauge(
        "groundwork_epoch_final",
        "Epoch of the newest final result; -1 if none.",
        "",
        chain.finalised());
    out.gauge("groundwork_epochs_behind", "Closed epochs without a result.", "", chain.behind());
    out.gauge(
        "groundwork_price_dormant",
        "Whether no credits are sold.",
        "",
        chain.priceDoubt().isEmpty() ? 0 : 1);
  }

  private static String dollars(Credits credits) {
    return new BigDecimal(credits.value(), Credits.DECIMALS).toPlainString();
  }
}

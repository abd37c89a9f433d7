package org.groundwork.networks.sensing.rules;

import org.groundwork.rules.Reason;

/** The reasons of a sensing network. */
public enum SensingReason implements Reason {
  OUT_OF_RANGE(
      64,
      "sensing.out-of-range",
      "A value is outside of what can be true for its field.",
      "Check the sensor and its cable, and the unit and scale that the device reports in."),
  SPIKE(
      65,
      "sensing.spike",
      "A value left its neighbours in time and came back, faster than the quantity can change.",
      "Check the sensor for loose contacts, and its power supply."),
  JUMP(
      66,
      "sensing.jump",
      "The level of a field changed faster than the quantity can, and stayed.",
      "Nothing if the station was moved or its sensor exchanged; otherwise check the sensor."),
  STUCK(
      67,
      "sensing.stuck",
      "A field kept one and the same value for longer than the quantity ever rests.",
      "Restart the station; if the value stays, exchange the sensor."),
  VANE_DEAD(
      68,
      "sensing.vane-dead",
      "The wind vane did not move for hours while the wind blew.",
      "Free the vane, or exchange it."),
  ANEMOMETER_DEAD(
      69,
      "sensing.anemometer-dead",
      "The wind speed kept its value for hours while the vane turned.",
      "Free the anemometer, or exchange it."),
  HEAD_DEAD(
      70,
      "sensing.head-dead",
      "Two sensors of one head both kept their values for hours.",
      "Check the cable and the bearings of the wind head."),
  CONTRADICTION(
      71,
      "sensing.contradiction",
      "A value is above another one that it can never exceed.",
      "Calibrate both sensors."),
  OUTAGE(
      72,
      "sensing.outage",
      "Readings that were due did not come.",
      "Check power and network of the station; what comes late still counts within its epoch."),
  CLOCK(
      73,
      "sensing.clock",
      "The reading is from another time than that of the epoch in which it came.",
      "Set the device's clock, and send readings in the epoch in which they were made."),
  NO_PLACE(
      74,
      "sensing.no-place",
      "The device is registered in no cell in which this network pays.",
      "Register the device in an H3 cell of the resolution and the regions that the network shows."),
  MOVED(
      75,
      "sensing.moved",
      "The device was registered in another cell than before; its seniority starts again.",
      "Nothing to do."),
  TOO_OFTEN(
      76,
      "sensing.too-often",
      "The reading came sooner than half a cadence after the one before.",
      "Send readings at the cadence of the network; the surplus is not looked at."),
  TWO_PLACES(
      77,
      "sensing.two-places",
      "Readings under one key come from two places in turns.",
      "Use a key in one device only, and register another key at once: somebody may have copied it."),
  REPLAYED(
      78,
      "sensing.replayed",
      "Readings repeat an earlier series of the same device.",
      "Send what the sensors measure now."),
  COPIED(
      79,
      "sensing.copied",
      "The series is a copy of another device's.",
      "Send what the own sensors measure; a second station at one place earns nothing."),
  INDOOR(
      80,
      "sensing.indoor",
      "The values vary much less over a day than the neighbours' do.",
      "Mount the station outdoors, in free air and out of the sun."),
  RELOCATED(
      81,
      "sensing.relocated",
      "The level against the neighbours' jumped: the station stands elsewhere, or a sensor was exchanged.",
      "Register the new cell if it was moved."),
  NEIGHBOURS(
      82,
      "sensing.neighbours",
      "The values are further from the neighbours' than places differ.",
      "Check the sensor, where it is mounted, and the cell that the device is registered in."),
  LOW_SCORE(
      83,
      "sensing.low-score",
      "The device's score in this epoch is below the network's minimum.",
      "See the faults of the epoch."),
  CELL_FULL(
      84,
      "sensing.cell-full",
      "The cell has as many devices as the network pays there, and they have been there longer.",
      "Move to a cell with room, or wait until one of them leaves."),
  BAD_SCOPE(
      85,
      "sensing.bad-scope",
      "The purchase is not signed by its payer, or for another network.",
      "Ask the customer for a signature."),
  UNPAID_SCOPE(
      86,
      "sensing.unpaid-scope",
      "The purchase names no reservation of its payer's for this network's pool.",
      "Ask the customer to reserve credits."),
  CHEAP_SCOPE(
      87,
      "sensing.cheap-scope",
      "The purchase pays less for a cell and epoch than the network asks.",
      "Ask the customer for the price that the network shows."),
  REFERENCE(
      88,
      "sensing.reference",
      "The values are further from a reference series than the network tolerates.",
      "Check the sensor, where it is mounted, and the cell that the device is registered in."),
  UNKNOWN_REFERENCE(
      89,
      "sensing.unknown-reference",
      "The network's definition does not name this reference series.",
      "Send the series byte for byte as the definition names it."),
  UNCERTIFIED(
      90,
      "sensing.uncertified",
      "No maker that the network names certifies the device's key: its data weigh less.",
      "Show the maker's certificate: groundwork device run --certificate FILE."),
  BRIDGED(
      91,
      "sensing.bridged",
      "A bridge signs for the device: its data weigh less.",
      "Let the device sign itself, and register it anew."),
  UNKNOWN_MAKER(
      92,
      "sensing.unknown-maker",
      "The certificate is by a maker that the network's definition does not name.",
      "Ask the network's founder to name the maker."),
  BAD_CERTIFICATE(
      93,
      "sensing.bad-certificate",
      "The certificate does not certify this device's key.",
      "Ask the maker for one for the key that the device is registered with.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  SensingReason(int number, String code, String happened, String remedy) {
    this.number = number;
    this.code = code;
    this.happened = happened;
    this.remedy = remedy;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String happened() {
    return happened;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}

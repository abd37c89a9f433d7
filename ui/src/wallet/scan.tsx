import { useState } from "react";

interface Detector {
  detect(image: ImageBitmap): Promise<{ rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

function detector(): DetectorClass | undefined {
  return (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

/** Whether the browser reads QR codes (the Barcode Detection API); others paste. */
export function canScan(): boolean {
  return detector() !== undefined;
}

/** Reads a QR code from a photo, which stays in the browser. */
export function Scan({ onText }: { onText: (text: string) => void }) {
  const [said, setSaid] = useState("");
  const read = async (file: File | undefined) => {
    const Class = detector();
    if (!file || !Class) return;
    try {
      const codes = await new Class({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
      const text = codes[0]?.rawValue;
      setSaid(text ? "" : "No QR code is on this picture.");
      if (text) onText(text);
    } catch {
      setSaid("This picture cannot be read.");
    }
  };
  return (
    <>
      <label className="quiet" style={{ width: "max-content", color: "var(--accent)" }}>
        Scan its QR code
        <input className="unseen" type="file" accept="image/*" capture="environment" onChange={(event) => void read(event.target.files?.[0])} />
      </label>
      {said ? <span className="wrong">{said}</span> : null}
    </>
  );
}

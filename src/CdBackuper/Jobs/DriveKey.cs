using CdBackuper.Archive.Format;

namespace CdBackuper.Jobs;

/// <summary>Which drive it was, as far as an attempt's record tells.</summary>
/// <param name="Place">Where it was last seen: node and name.</param>
/// <param name="Model">Its maker and model; empty where it does not say.</param>
/// <param name="Serial">Its serial number; empty where it does not say. Then it is known by its place.</param>
internal sealed record DriveKey(string Place, string Model, string Serial)
{
    public static DriveKey Of(AttemptRecord attempt) => new(
        $"{attempt.Node}:{attempt.Drive}", $"{attempt.Vendor} {attempt.Model}".Trim(), attempt.Serial?.Trim() ?? "");

    /// <returns>True where the attempt read a true disc; files that behave like discs are in no drive.</returns>
    public static bool IsOfDevice(AttemptRecord attempt) => attempt.Source.StartsWith("/dev/", StringComparison.Ordinal);

    /// <summary>A drive that is plugged into another machine is the same drive.</summary>
    public bool IsSameDrive(DriveKey other) =>
        Serial.Length > 0 && other.Serial.Length > 0 ? Serial == other.Serial && Model == other.Model : Place == other.Place;

    /// <returns>"desk:sr0 (HL-DT-ST GH24NSD1)".</returns>
    public override string ToString() => Model.Length == 0 ? Place : $"{Place} ({Model})";
}

using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;

namespace CdBackuper.Drives;

/// <summary>A drive as it stands now.</summary>
/// <param name="Name">Such as sr0.</param>
/// <param name="Path">The device or folder.</param>
/// <param name="Model">Which drive it is.</param>
/// <param name="Condition">What it is about.</param>
/// <param name="Since">Since when.</param>
/// <param name="Silence">For how long an answer of the drive has been waited for; zero while none is.</param>
/// <param name="Progress">How far the disc in work is; null while none is.</param>
/// <param name="Trouble">Why it can't be asked, for people; null where it can.</param>
/// <param name="Last">What came of the last disc; null before there was one.</param>
/// <param name="LastEnded">When that was.</param>
internal sealed record DriveCard(
    string Name,
    string Path,
    DriveModel Model,
    DriveCondition Condition,
    DateTimeOffset Since,
    TimeSpan Silence = default,
    DiscProgress? Progress = null,
    string? Trouble = null,
    DiscResult? Last = null,
    DateTimeOffset? LastEnded = null)
{
    /// <summary>Vendor and product; "tray" for folders, "unknown" where the drive does not say.</summary>
    public string ModelName => $"{Model.Vendor} {Model.Product}".Trim() is { Length: > 0 } name ? name
        : Directory.Exists(Path) ? "tray" : "unknown";
}

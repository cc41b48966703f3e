using System.Text;
using CdBackuper.Notices;
using CdBackuper.Notices.Discord;
using CdBackuper.Web;

namespace CdBackuper.Hosting;

/// <summary>All settings, bound once and checked. Names, meanings and bounds: docs/operations.md.</summary>
internal sealed record Settings
{
    /// <summary>DATA_ROOT: the archive's root.</summary>
    public required string ArchivePath { get; init; }

    /// <summary>DEVICE_GLOB and --tray: drives and image trays.</summary>
    public required IReadOnlyList<string> DeviceGlobs { get; init; }

    /// <summary>RETRIES: how many times bad sectors are tried again.</summary>
    public required int Retries { get; init; }

    /// <summary>TIMEOUT: how long ddrescue may work on a disc in one drive.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>UNOWNED_SHARE: how much of the time may go to sectors that no file owns, in percent.</summary>
    public required int RestShare { get; init; }

    /// <summary>MIN_YIELD: how many sectors an hour retries must win to go on.</summary>
    public required int MinYield { get; init; }

    /// <summary>PATIENCE: how long a pass that reads sector by sector may go on without winning one.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>EXTRACT_FILES: false leaves the image as the product.</summary>
    public required bool ExtractFiles { get; init; }

    /// <summary>DELETE_ISO_ON_SUCCESS: the image goes once the disc is whole and every file was read back.</summary>
    public required bool DeleteImage { get; init; }

    /// <summary>NAME_ENCODING: how names without a character set are decoded; null for the rule that looks at all names of a disc.</summary>
    public required Encoding? NameEncoding { get; init; }

    /// <summary>POLL_SECS: how often drives are looked at when no event wakes.</summary>
    public required TimeSpan Poll { get; init; }

    /// <summary>NODE_NAME: what this machine is called in records.</summary>
    public required string NodeName { get; init; }

    /// <summary>CLAIM_PATIENCE: how long a holder of a disc's folder may show no life before another process takes it over.</summary>
    public required TimeSpan ClaimPatience { get; init; }

    /// <summary>REQUIRE_MOUNT: refuse to work when nothing is mounted at the archive's root.</summary>
    public required bool RequireMount { get; init; }

    /// <summary>LOG_FORMAT: json for collectors, text for people.</summary>
    public required bool LogAsJson { get; init; }

    /// <summary>What is to go to Discord, and who may answer.</summary>
    public required DiscordSettings Discord { get; init; }

    /// <summary>Where else notices go, and which.</summary>
    public required NoticeSettings Notices { get; init; }

    /// <summary>HTTP_LISTEN: where health, metrics and the API are served; null for nowhere.</summary>
    public required HttpAddress? Http { get; init; }
}

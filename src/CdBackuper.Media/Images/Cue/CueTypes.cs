namespace CdBackuper.Media.Images.Cue;

/// <summary>The kinds of track of a cue sheet.</summary>
internal static class CueTypes
{
    /// <returns>False for a kind that is not known.</returns>
    public static bool TryParse(ReadOnlySpan<char> type, out TrackKind kind, out SectorBody body, out int stride)
    {
        (kind, body, stride) = type.ToString().ToUpperInvariant() switch
        {
            "AUDIO" => (TrackKind.Sound, SectorBody.Sound, 2352),
            "CDG" => (TrackKind.Sound, SectorBody.Sound, 2448),
            "MODE1/2048" => (TrackKind.Mode1, SectorBody.User, 2048),
            "MODE1/2352" => (TrackKind.Mode1, SectorBody.Whole, 2352),
            "MODE1/2448" => (TrackKind.Mode1, SectorBody.Whole, 2448),
            "MODE2/2048" => (TrackKind.Mode2, SectorBody.User, 2048),
            "MODE2/2324" => (TrackKind.Mode2, SectorBody.Form2, 2324),
            "MODE2/2328" => (TrackKind.Mode2, SectorBody.Form2, 2328),
            "MODE2/2332" => (TrackKind.Mode2, SectorBody.Form2, 2332),
            "MODE2/2336" or "CDI/2336" => (TrackKind.Mode2, SectorBody.FromSubHeader, 2336),
            "MODE2/2352" or "CDI/2352" => (TrackKind.Mode2, SectorBody.Whole, 2352),
            "MODE2/2448" => (TrackKind.Mode2, SectorBody.Whole, 2448),
            _ => (default, default, 0),
        };
        return stride > 0;
    }
}

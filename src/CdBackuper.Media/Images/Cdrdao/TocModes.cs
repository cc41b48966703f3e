namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>The track modes of a toc-file.</summary>
internal static class TocModes
{
    /// <summary>Bytes that RW and RW_RAW add to each sector.</summary>
    public const int SubChannel = 96;

    /// <returns>False for a mode that is not known.</returns>
    public static bool TryParse(string mode, out TrackKind kind, out SectorBody body, out int stride)
    {
        (kind, body, stride) = mode switch
        {
            "AUDIO" => (TrackKind.Sound, SectorBody.Sound, 2352),
            "MODE1" => (TrackKind.Mode1, SectorBody.User, 2048),
            "MODE1_RAW" => (TrackKind.Mode1, SectorBody.Whole, 2352),
            "MODE2" or "MODE2_FORM_MIX" => (TrackKind.Mode2, SectorBody.FromSubHeader, 2336),
            "MODE2_RAW" => (TrackKind.Mode2, SectorBody.Whole, 2352),
            "MODE2_FORM1" => (TrackKind.Mode2, SectorBody.User, 2048),
            "MODE2_FORM2" => (TrackKind.Mode2, SectorBody.Form2, 2324),
            _ => (default, default, 0),
        };
        return stride > 0;
    }
}

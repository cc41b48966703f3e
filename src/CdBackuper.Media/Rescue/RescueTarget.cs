namespace CdBackuper.Media.Rescue;

/// <summary>What a pass reads for: an aim, and of files which of them.</summary>
/// <param name="Aim">What it is for.</param>
/// <param name="Size">What each of these files may cost; <see cref="HoleSize.Shared"/> for other aims.</param>
/// <param name="Worth">What kind of files these are; <see cref="FileWorth.Photograph"/> for other aims.</param>
public readonly record struct RescueTarget(RescueAim Aim, HoleSize Size = HoleSize.Shared, FileWorth Worth = FileWorth.Photograph);

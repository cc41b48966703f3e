namespace CdBackuper.Media.Identity;

/// <summary>Whether two discs are one, and why.</summary>
/// <param name="Sameness">The judgement.</param>
/// <param name="Reason">Why, for people: part of a sentence.</param>
public sealed record Judgement(Sameness Sameness, string Reason);

namespace CdBackuper.Hosting;

/// <summary>One setting as <c>doctor</c> shows it.</summary>
/// <param name="Name">As it is set in the environment.</param>
/// <param name="Value">What is in force; secrets are blanked before they get here.</param>
/// <param name="Source">default, environment or command line.</param>
internal sealed record SettingLine(string Name, string Value, string Source);

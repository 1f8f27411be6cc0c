// The languages that a person may choose.

const LANGUAGES = (
  'ar-EG bn-BD cs-CZ da-DK de-DE el-GR en-AU en-GB en-IN en-US es-ES es-US fi-FI fr-CA fr-FR he-IL hi-IN hu-HU id-ID it-IT ' +
  'ja-JP ko-KR mr-IN nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN zh-CN'
).split(' ');

/** @returns {[string, string][]} BCP 47 tags with their English names, by name */
export function languages() {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return LANGUAGES.map((tag) => /** @type {[string, string]} */ ([tag, names.of(tag) ?? tag])).sort((a, b) => a[1].localeCompare(b[1]));
}

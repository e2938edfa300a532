import type { formImports as en } from '../en/form-imports.ts';

export const formImports = {
  'forms.import.again': 'Choisir un autre fichier',
  'forms.import.all': 'Tout a été compris.',
  'forms.import.column': 'La colonne « {column} » n’a pas de sens ici',
  'forms.import.export': 'Exporter',
  'forms.import.exportHelp':
    'Le brouillon sous forme de fichier : pour le traduire, y travailler hors ligne ou l’emporter dans un autre logiciel.',
  'forms.import.file': 'Le fichier',
  'forms.import.found':
    '{questions, plural, one {# question} many {# questions} other {# questions}} sur {pages, plural, one {# page} many {# pages} other {# pages}}, en :',
  'forms.import.json': 'Définition du formulaire (JSON)',
  'forms.import.kinds': 'XLSForm (.xlsx), enquête SurveyJS (.json) ou définition de formulaire (.json)',
  'forms.import.lead':
    'Un formulaire fait ailleurs, ou traduit dans un tableur. Vous voyez ce qui a été compris avant que quoi que ce soit n’en soit fait.',
  'forms.import.make': 'Créer ce formulaire',
  'forms.import.makeWithout': 'Continuer sans ce qui n’a pas été compris',
  'forms.import.notUnderstood':
    '{n, plural, one {# élément n’a pas été compris} many {# éléments n’ont pas été compris} other {# éléments n’ont pas été compris}}',
  'forms.import.questions': 'Les questions lues',
  'forms.import.read': 'Lire le fichier',
  'forms.import.replace': 'Remplacer le brouillon',
  'forms.import.replaces':
    'Le fichier prend la place du brouillon. Ce qui est en service le reste jusqu’à ce que vous mettiez le brouillon en service.',
  'forms.import.title': 'Importer un formulaire',
  'forms.import.titleOf': 'Exporter et importer',
  'forms.import.type': '« {type} » n’est pas un type de question ici',
  'forms.import.unread': 'Non compris : {text}',
  'forms.import.what': 'Quoi',
  'forms.import.what.beginWithoutEnd': 'Le groupe commence et ne finit pas',
  'forms.import.what.endWithoutBegin': 'Un groupe finit qui n’a pas commencé',
  'forms.import.what.groupInGroup': 'Un groupe dans un groupe : ses questions sont gardées, pas son titre',
  'forms.import.what.listLacksName': 'Il manque à l’option le nom de sa liste, ou le sien',
  'forms.import.what.listUnused': 'Aucune question n’utilise cette liste',
  'forms.import.what.otherList': 'Les lignes d’un tableau partagent une seule liste d’options : cette ligne en a une autre',
  'forms.import.what.panel': 'La condition d’un cadre autour de questions : posez-la sur les questions',
  'forms.import.what.property': 'Cette propriété n’a pas de sens ici',
  'forms.import.what.repeatInRepeat': 'Un groupe répété dans un groupe répété : ses questions sont gardées une fois',
  'forms.import.what.survey': 'Ce réglage de l’enquête n’a pas de sens ici',
  'forms.import.where': 'Où',
  'forms.import.without':
    'Si vous continuez, le formulaire est fait sans cela. Vous pouvez corriger le fichier et le relire ; rien n’a été enregistré jusqu’ici.',
  'forms.import.wrong': 'Laissé de côté : hors de ce qui est possible ici ({parts})',
  'forms.import.xlsform': 'Classeur XLSForm (.xlsx)',
  'invalid.fileNoForm': 'Ceci n’est ni un classeur XLSForm ni le JSON d’un formulaire',
  'invalid.fileNoQuestions': 'Aucune question n’a été comprise dans ce fichier',
  'invalid.fileNoSurvey': 'Le classeur n’a pas de feuille « survey » avec une colonne « type »',
  'invalid.fileNoWorkbook': 'Ce classeur est illisible',
} satisfies Record<keyof typeof en, string>;

/** Visits of the congress, all on its second afternoon: what there is to see, for how many. Modelled on a meeting of the Spanish network. */
export const visits = [
  {
    title: { en: 'Park with Support', fr: 'Parc avec appui', es: 'Parque con apoyo', pt: 'Parque com apoio' },
    languages: ['es', 'en'],
    places: 25,
    minimum: 8,
    meetingPoint: {
      en: 'North gate of the park',
      es: 'Puerta norte del parque',
      fr: 'Porte nord du parc',
      pt: 'Porta norte do parque',
    },
    accessibility: {
      en: 'Level paths all the way',
      es: 'Caminos llanos en todo el recorrido',
      fr: 'Chemins plats partout',
      pt: 'Caminhos planos em todo o percurso',
    },
  },
  {
    title: { en: 'Inclusive sports', fr: 'Sport inclusif', es: 'Deporte inclusivo', pt: 'Desporto inclusivo' },
    languages: ['es', 'en', 'fr', 'pt'],
    places: 30,
    minimum: 10,
    meetingPoint: {
      en: 'Sports hall, main door',
      es: 'Polideportivo, puerta principal',
      fr: 'Salle de sport, entrée principale',
      pt: 'Pavilhão, porta principal',
    },
    accessibility: { en: 'No steps', es: 'Sin escalones', fr: 'Sans marches', pt: 'Sem degraus' },
  },
  {
    title: {
      en: "Women's Meeting House",
      fr: 'Maison de rencontre des femmes',
      es: 'Casa de encuentro de las mujeres',
      pt: 'Casa de encontro das mulheres',
    },
    languages: ['es', 'fr'],
    places: 15,
    minimum: 6,
    meetingPoint: { en: 'Town hall', es: 'Ayuntamiento', fr: 'Mairie', pt: 'Câmara municipal' },
    accessibility: {},
  },
  {
    title: { en: 'Social museums', fr: 'Musées sociaux', es: 'Museos sociales', pt: 'Museus sociais' },
    languages: ['es', 'en', 'pt'],
    places: 20,
    minimum: 8,
    meetingPoint: { en: 'Town hall', es: 'Ayuntamiento', fr: 'Mairie', pt: 'Câmara municipal' },
    accessibility: {
      en: 'Two museums have a lift',
      es: 'Dos museos tienen ascensor',
      fr: 'Deux musées ont un ascenseur',
      pt: 'Dois museus têm elevador',
    },
  },
  {
    title: {
      en: 'Municipal Council for Childhood and Adolescence',
      fr: "Conseil municipal de l'enfance et de l'adolescence",
      es: 'Consejo municipal de infancia y adolescencia',
      pt: 'Conselho municipal da infância e da adolescência',
    },
    languages: ['es', 'en'],
    places: 12,
    minimum: 12,
    meetingPoint: { en: 'Council chamber', es: 'Salón de plenos', fr: 'Salle du conseil', pt: 'Salão nobre' },
    accessibility: {
      en: 'Lift and hearing loop',
      es: 'Ascensor y bucle magnético',
      fr: 'Ascenseur et boucle magnétique',
      pt: 'Elevador e anel magnético',
    },
  },
];
